// Writes the corpus of certificate texts, with what Go's own parsers read in each. The unit tests compare Planeboard's
// reader with it. It isn't run by any test; the results are checked in.
//
//	go run . > ../corpus.json                  creates new keys, certificates and texts
//	go run . -judge < texts.json > judged.json judges the texts of an existing file again
package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"log"
	"os"
)

// Case is one text and Go's verdict on it.
type Case struct {
	Name   string  `json:"name"`
	Text   string  `json:"text"`
	Blocks []Block `json:"blocks"`
}

// Block is a block that pem.Decode finds. One that it doesn't find isn't listed.
type Block struct {
	Label string `json:"label"`
	// Headers: the gateway skips a block that has some.
	Headers bool `json:"headers,omitempty"`
	// SHA256 of a certificate that x509.ParseCertificate accepts.
	SHA256 string `json:"sha256,omitempty"`
	// Error of x509.ParseCertificate.
	Error      string `json:"error,omitempty"`
	Version    int    `json:"version,omitempty"`
	NotBefore  int64  `json:"notBefore,omitempty"`
	NotAfter   int64  `json:"notAfter,omitempty"`
	IsCA       bool   `json:"isCa,omitempty"`
	SelfIssued bool   `json:"selfIssued,omitempty"`
	Unhandled  int    `json:"unhandledCritical,omitempty"`
}

func main() {
	var cases []Case
	if len(os.Args) > 1 && os.Args[1] == "-judge" {
		if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
			log.Fatal(err)
		}
	} else {
		cases = texts()
	}
	for i := range cases {
		cases[i].Blocks = judge([]byte(cases[i].Text))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(cases); err != nil {
		log.Fatal(err)
	}
}

// judge reads a text in the order of x509.CertPool.AppendCertsFromPEM, which the gateway calls.
func judge(text []byte) []Block {
	blocks := []Block{}
	for len(text) > 0 {
		var found *pem.Block
		found, text = pem.Decode(text)
		if found == nil {
			break
		}
		block := Block{Label: found.Type, Headers: len(found.Headers) > 0}
		if found.Type == "CERTIFICATE" {
			describe(&block, found.Bytes)
		}
		blocks = append(blocks, block)
	}
	return blocks
}

func describe(block *Block, der []byte) {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		block.Error = err.Error()
		return
	}
	sum := sha256.Sum256(der)
	block.SHA256 = hex.EncodeToString(sum[:])
	block.Version = certificate.Version
	block.NotBefore = certificate.NotBefore.UnixMilli()
	block.NotAfter = certificate.NotAfter.UnixMilli()
	block.IsCA = certificate.BasicConstraintsValid && certificate.IsCA
	block.SelfIssued = string(certificate.RawIssuer) == string(certificate.RawSubject)
	block.Unhandled = len(certificate.UnhandledCriticalExtensions)
}
