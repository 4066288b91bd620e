package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"log"
	"math/big"
	"net/url"
	"strings"
	"time"
)

var (
	from  = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	until = time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func template(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          big.NewInt(4711),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             from,
		NotAfter:              until,
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
}

func selfSigned(t *x509.Certificate, key crypto.Signer) []byte {
	return must(x509.CreateCertificate(rand.Reader, t, t, key.Public(), key))
}

func ecKey(curve elliptic.Curve) crypto.Signer { return must(ecdsa.GenerateKey(curve, rand.Reader)) }
func rsaKey() crypto.Signer                    { return must(rsa.GenerateKey(rand.Reader, 2048)) }
func edKey() crypto.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return must(key, err)
}

// toPEM encodes DER as one CERTIFICATE block.
func toPEM(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func labelled(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

func base64Lines(der []byte) []string {
	lines := strings.Split(strings.TrimSpace(toPEM(der)), "\n")
	return lines[1 : len(lines)-1]
}

func oneLine(der []byte) string { return base64.StdEncoding.EncodeToString(der) }

// tlv encodes an element with a length in its shortest form.
func tlv(tag byte, contents ...[]byte) []byte {
	var content []byte
	for _, part := range contents {
		content = append(content, part...)
	}
	n := len(content)
	head := []byte{tag, byte(n)}
	switch {
	case n > 0xffff:
		head = []byte{tag, 0x83, byte(n >> 16), byte(n >> 8), byte(n)}
	case n > 0xff:
		head = []byte{tag, 0x82, byte(n >> 8), byte(n)}
	case n > 0x7f:
		head = []byte{tag, 0x81, byte(n)}
	}
	return append(head, content...)
}

// parts splits the content of an element into its own elements.
func parts(element []byte) [][]byte {
	var outer asn1.RawValue
	must(asn1.Unmarshal(element, &outer))
	var found [][]byte
	for rest := outer.Bytes; len(rest) > 0; {
		var one asn1.RawValue
		rest = must(asn1.Unmarshal(rest, &one))
		found = append(found, one.FullBytes)
	}
	return found
}

// The elements of a TBSCertificate of version 3.
const (
	version = iota
	serial
	algorithm
	issuer
	validity
	subject
	publicKey
	extensions
)

// changed replaces one element of the signed part. The signature becomes wrong, which no parser checks.
func changed(der []byte, at int, element []byte) []byte {
	outer := parts(der)
	signed := parts(outer[0])
	signed[at] = element
	outer[0] = tlv(0x30, signed...)
	return tlv(0x30, outer...)
}

// withExtensions replaces all extensions.
func withExtensions(der []byte, list ...[]byte) []byte {
	return changed(der, extensions, tlv(0xa3, tlv(0x30, list...)))
}

func extension(oid asn1.ObjectIdentifier, critical bool, value []byte) []byte {
	fields := [][]byte{must(asn1.Marshal(oid))}
	if critical {
		fields = append(fields, tlv(1, []byte{0xff}))
	}
	return tlv(0x30, append(fields, tlv(4, value))...)
}

// withoutVersion makes a certificate of version 1: no version and no extensions.
func withoutVersion(der []byte) []byte {
	outer := parts(der)
	signed := parts(outer[0])
	outer[0] = tlv(0x30, signed[serial:extensions]...)
	return tlv(0x30, outer...)
}

func name(tag byte, value string) []byte {
	return tlv(0x30, tlv(0x31, tlv(0x30, []byte{6, 3, 0x55, 4, 3}, tlv(tag, []byte(value)))))
}

func times(tag byte, notBefore, notAfter string) []byte {
	return tlv(0x30, tlv(tag, []byte(notBefore)), tlv(tag, []byte(notAfter)))
}

func withURI(text string) *x509.Certificate {
	t := template("with-uri")
	t.URIs = []*url.URL{must(url.Parse(text))}
	return t
}
