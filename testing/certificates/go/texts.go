package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"
)

// texts creates the corpus.
func texts() []Case {
	key := ecKey(elliptic.P256())
	ca := selfSigned(template("ca"), key)
	other := selfSigned(template("other"), ecKey(elliptic.P256()))
	var all []Case
	add := func(name, text string) { all = append(all, Case{Name: name, Text: text}) }
	pemTexts(add, ca, other, key)
	derTexts(add, ca)
	keyTexts(add, ca)
	extensionTexts(add, ca)
	return all
}

func pemTexts(add func(string, string), ca, other []byte, key crypto.Signer) {
	a, b := toPEM(ca), toPEM(other)
	body := strings.Join(base64Lines(ca), "\n")
	const begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	pkcs8 := must(x509.MarshalPKCS8PrivateKey(key))

	add("one certificate", a)
	add("two certificates", a+b)
	add("the same certificate twice", a+a)
	add("an empty text", "")
	add("other text", "ca.crt\n")
	add("no final line break", strings.TrimSpace(a))
	add("Windows line breaks", strings.ReplaceAll(a+b, "\n", "\r\n"))
	add("old Macintosh line breaks", strings.ReplaceAll(a, "\n", "\r"))
	add("doubled line breaks", strings.ReplaceAll(a+b, "\n", "\n\n"))
	add("lines of any length", begin+"\n"+oneLine(ca)+"\n"+end+"\n")
	add("all on one line", begin+oneLine(ca)+end)
	add("spaces for line breaks", strings.ReplaceAll(a, "\n", " "))
	add("blanks at the end of lines", strings.ReplaceAll(a, "\n", " \t\n"))
	add("blanks between base64 digits", begin+"\n"+strings.ReplaceAll(body, "A", "A ")+"\n"+end+"\n")
	add("indented", "  "+strings.ReplaceAll(strings.TrimSpace(a), "\n", "\n  ")+"\n")
	add("indented base64 only", begin+"\n  "+strings.ReplaceAll(body, "\n", "\n  ")+"\n"+end+"\n")
	add("comments around", "# the company's CA\nsubject=CN = ca\n"+a+"# until 2036\n"+b+"# the end\n")
	add("a comment with a colon around", "Bag Attributes\n    friendlyName: ca\n"+a)
	add("words before BEGIN", "ca.crt: "+a)
	add("words before the second BEGIN", a+"and "+b)
	add("words after BEGIN", strings.Replace(a, begin, begin+" of the company", 1))
	add("words after END", strings.TrimSpace(a)+" of the company\n")
	add("words after the first END", strings.TrimSpace(a)+" first\n"+b)
	add("no line break between two", strings.TrimSpace(a)+b)
	add("no line break between the last two of three", a+strings.TrimSpace(b)+a)
	add("a byte order mark", "\uFEFF"+a)
	add("a byte order mark before the second", a+"\uFEFF"+b)
	add("a zero-width space before BEGIN", "\u200B"+a)
	add("a zero-width space in the base64", begin+"\n"+body[:40]+"\u200B"+body[40:]+"\n"+end+"\n")
	add("no-break spaces in the labels", strings.ReplaceAll(a, "BEGIN CERT", "BEGIN\u00A0CERT"))
	add("a no-break space after END", strings.TrimSpace(a)+"\u00A0\n")
	add("four dashes", strings.ReplaceAll(a, "-----", "----"))
	add("six dashes", strings.ReplaceAll(a, "-----", "------"))
	add("long dashes", strings.ReplaceAll(a, "--", "\u2014"))
	add("lower-case labels", strings.ReplaceAll(a, "CERTIFICATE", "certificate"))
	add("no END", strings.Replace(a, end+"\n", "", 1))
	add("no END, then another certificate", strings.Replace(a, end+"\n", "", 1)+b)
	add("no BEGIN", strings.Replace(a, begin+"\n", "", 1))
	add("no BEGIN, then another certificate", strings.Replace(a, begin+"\n", "", 1)+b)
	add("BEGIN twice", begin+"\n"+a)
	add("END of another label", strings.Replace(a, "END CERTIFICATE", "END TRUSTED CERTIFICATE", 1)+b)
	add("an empty block", begin+"\n"+end+"\n"+b)
	add("an empty line as block", begin+"\n\n"+end+"\n"+b)
	add("a block cut off in the base64", begin+"\n"+body[:100]+"\n"+end+"\n"+b)
	add("a missing line", begin+"\n"+body[65:]+"\n"+end+"\n"+b)
	add("a character outside base64", begin+"\n"+body[:70]+"*"+body[71:]+"\n"+end+"\n"+b)
	add("base64 without padding", begin+"\n"+strings.TrimRight(oneLine(append(ca, 0)), "=")+"\n"+end+"\n")
	add("padding in the middle", begin+"\n"+body[:40]+"="+body[40:]+"\n"+end+"\n")
	add("base64 for URLs", begin+"\n"+base64.URLEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 99))+"\n"+end+"\n")
	add("header lines", begin+"\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"+body+"\n"+end+"\n")
	add("one header line without a blank line", begin+"\nfriendlyName: ca\n"+body+"\n"+end+"\n")
	add("a header line in a second block", a+begin+"\nComment: b\n\n"+strings.Join(base64Lines(other), "\n")+"\n"+end+"\n")
	add("a header line beyond END", begin+"\na: b\n-----END CERTIFICATE-----: c\n"+body+"\n"+end+"\n"+b)
	add("a trusted certificate", labelled("TRUSTED CERTIFICATE", append(bytes.Clone(ca), tlv(0x30)...))+b)
	add("an X509 certificate", labelled("X509 CERTIFICATE", ca)+b)
	add("PKCS7", labelled("PKCS7", tlv(0x30, must(asn1.Marshal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2})), tlv(0xa0, tlv(0x30))))+b)
	add("a certificate request", labelled("CERTIFICATE REQUEST", tlv(0x30)))
	add("a revocation list beside", a+labelled("X509 CRL", tlv(0x30)))
	add("a private key beside", labelled("PRIVATE KEY", pkcs8)+a)
	add("a private key without END before", strings.Replace(labelled("PRIVATE KEY", pkcs8), "-----END PRIVATE KEY-----\n", "", 1)+a)
	add("base64 of PEM", base64.StdEncoding.EncodeToString([]byte(a)))
	add("base64 of DER without lines", oneLine(ca))
	add("a kubeconfig's field", "certificate-authority-data: "+base64.StdEncoding.EncodeToString([]byte(a))+"\n")
	add("PEM in quotes", "\""+strings.ReplaceAll(a, "\n", "\\n")+"\"")
	add("PEM in a YAML block", "ca.crt: |\n  "+strings.ReplaceAll(strings.TrimSpace(a), "\n", "\n  ")+"\n")
	add("BEGIN right after END", "\n-----END "+a)
}

func derTexts(add func(string, string), ca []byte) {
	signed := parts(parts(ca)[0])
	add("data after the certificate", toPEM(append(bytes.Clone(ca), 0)))
	add("two certificates in one block", toPEM(append(bytes.Clone(ca), ca...)))
	add("a certificate cut off", toPEM(ca[:len(ca)-20]))
	add("an element after the signature", toPEM(tlv(0x30, append(parts(ca), tlv(5))...)))
	add("an element after the extensions", toPEM(changed(ca, extensions, append(bytes.Clone(signed[extensions]), tlv(5)...))))
	add("an indefinite length", toPEM(append(append([]byte{0x30, 0x80}, bytes.Join(parts(ca), nil)...), 0, 0)))
	add("a length in a long form", toPEM(append([]byte{0x30, 0x83, 0}, ca[2:]...)))
	add("a negative serial number", toPEM(changed(ca, serial, tlv(2, []byte{0x80, 1}))))
	add("a serial number of zero", toPEM(changed(ca, serial, tlv(2, []byte{0}))))
	add("a serial number of 40 octets", toPEM(changed(ca, serial, tlv(2, bytes.Repeat([]byte{0x11}, 40)))))
	add("a serial number with a leading zero", toPEM(changed(ca, serial, tlv(2, []byte{0, 1}))))
	add("an empty serial number", toPEM(changed(ca, serial, tlv(2))))
	add("version 1", toPEM(withoutVersion(ca)))
	add("version 2", toPEM(changed(ca, version, tlv(0xa0, tlv(2, []byte{1})))))
	add("version 4", toPEM(changed(ca, version, tlv(0xa0, tlv(2, []byte{3})))))
	add("a negative version", toPEM(changed(ca, version, tlv(0xa0, tlv(2, []byte{0xff})))))
	add("another algorithm outside", toPEM(changed(ca, algorithm, tlv(0x30, must(asn1.Marshal(asn1.ObjectIdentifier{1, 2, 3}))))))
	add("times in UTC", toPEM(changed(ca, validity, times(0x17, "260101000000Z", "491231235959Z"))))
	add("times of the last century", toPEM(changed(ca, validity, times(0x17, "500101000000Z", "991231235959Z"))))
	add("times without seconds", toPEM(changed(ca, validity, times(0x17, "2601010000Z", "3601010000Z"))))
	add("times with an offset", toPEM(changed(ca, validity, times(0x17, "260101000000+0100", "360101000000-0530"))))
	add("times with an offset of zero", toPEM(changed(ca, validity, times(0x17, "260101000000+0000", "360101000000Z"))))
	add("29 February of a leap year", toPEM(changed(ca, validity, times(0x17, "240229000000Z", "360229000000Z"))))
	add("29 February of another year", toPEM(changed(ca, validity, times(0x17, "260229000000Z", "360101000000Z"))))
	add("the 24th hour", toPEM(changed(ca, validity, times(0x17, "260101240000Z", "360101000000Z"))))
	add("a text as time", toPEM(changed(ca, validity, times(0x17, "not a date", "360101000000Z"))))
	add("generalized times", toPEM(changed(ca, validity, times(0x18, "20260101000000Z", "99991231235959Z"))))
	add("fractions of a second", toPEM(changed(ca, validity, times(0x18, "20260101000000.5Z", "20360101000000Z"))))
	add("times of another type", toPEM(changed(ca, validity, times(0x0c, "260101000000Z", "360101000000Z"))))
	add("a name with & and *", toPEM(changed(ca, subject, name(0x13, "*.a & b"))))
	add("a name with an underscore", toPEM(changed(ca, subject, name(0x13, "a_b"))))
	add("a name in invalid UTF-8", toPEM(changed(ca, subject, name(0x0c, "a\xff"))))
	add("a name in Latin-1", toPEM(changed(ca, subject, name(0x14, "M\xfcller"))))
	add("a name in UTF-16", toPEM(changed(ca, subject, name(0x1e, "\x00a\x00b"))))
	add("a name with half a character", toPEM(changed(ca, subject, name(0x1e, "\xd8\x3d"))))
	add("a name of another type", toPEM(changed(ca, subject, name(0x1c, "\x00\x00\x00a"))))
	add("an empty name", toPEM(changed(ca, subject, tlv(0x30))))
	add("a name that is no sequence", toPEM(changed(ca, subject, tlv(0x31))))
}

func keyTexts(add func(string, string), ca []byte) {
	for _, one := range []struct {
		name string
		key  crypto.Signer
	}{
		{"an RSA key", rsaKey()}, {"a P-224 key", ecKey(elliptic.P224())}, {"a P-384 key", ecKey(elliptic.P384())},
		{"a P-521 key", ecKey(elliptic.P521())}, {"an Ed25519 key", edKey()},
	} {
		add(one.name, toPEM(selfSigned(template(one.name), one.key)))
	}
	spki := func(oid asn1.ObjectIdentifier, parameters, key []byte) string {
		return toPEM(changed(ca, publicKey, tlv(0x30, tlv(0x30, must(asn1.Marshal(oid)), parameters), tlv(3, []byte{0}, key))))
	}
	ec := asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	p256 := must(asn1.Marshal(asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}))
	point := must(ecKey(elliptic.P256()).Public().(*ecdsa.PublicKey).Bytes())
	offCurve := bytes.Clone(point)
	offCurve[64] ^= 1
	integer := func(bytes ...byte) []byte { return tlv(2, bytes) }
	number := func(n *big.Int) []byte { return must(asn1.Marshal(n)) }
	params := elliptic.P256().Params()
	explicit := tlv(0x30, integer(1), tlv(0x30, must(asn1.Marshal(asn1.ObjectIdentifier{1, 2, 840, 10045, 1, 1})), number(params.P)),
		tlv(0x30, tlv(4, bytes.Repeat([]byte{0xff}, 32)), tlv(4, params.B.Bytes())), tlv(4, point), number(params.N))
	add("explicit curve parameters", spki(ec, explicit, point))
	add("an unsupported curve", spki(ec, must(asn1.Marshal(asn1.ObjectIdentifier{1, 3, 132, 0, 10})), point))
	add("no curve", spki(ec, nil, point))
	add("a point off its curve", spki(ec, p256, offCurve))
	add("a compressed point", spki(ec, p256, append([]byte{2}, point[1:33]...)))
	add("an empty key", spki(ec, p256, nil))
	rsa := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	null := tlv(5)
	add("an RSA key without NULL", spki(rsa, nil, tlv(0x30, integer(0x11), integer(3))))
	add("a tiny RSA key", spki(rsa, null, tlv(0x30, integer(0x11), integer(3))))
	add("a negative RSA modulus", spki(rsa, null, tlv(0x30, integer(0x81), integer(3))))
	add("an RSA modulus of zero", spki(rsa, null, tlv(0x30, integer(0), integer(3))))
	add("a negative RSA exponent", spki(rsa, null, tlv(0x30, integer(0x11), integer(0x81))))
	add("an RSA exponent of 9 octets", spki(rsa, null, tlv(0x30, integer(0x11), integer(1, 0, 0, 0, 0, 0, 0, 0, 1))))
	add("an RSA key that is no sequence", spki(rsa, null, tlv(0x31)))
	ed := asn1.ObjectIdentifier{1, 3, 101, 112}
	add("an Ed25519 key with parameters", spki(ed, null, make([]byte, 32)))
	add("an Ed25519 key of 31 octets", spki(ed, nil, make([]byte, 31)))
	dsa := asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}
	add("a DSA key", spki(dsa, tlv(0x30, integer(7), integer(3), integer(2)), integer(5)))
	add("a DSA key with a parameter of zero", spki(dsa, tlv(0x30, integer(7), integer(0), integer(2)), integer(5)))
	add("a key of an unknown algorithm", spki(asn1.ObjectIdentifier{1, 3, 101, 113}, nil, make([]byte, 57)))
}

func extensionTexts(add func(string, string), ca []byte) {
	id := func(last int) asn1.ObjectIdentifier { return asn1.ObjectIdentifier{2, 5, 29, last} }
	basic := extension(id(19), true, tlv(0x30, tlv(1, []byte{0xff})))
	put := func(name string, list ...[]byte) { add(name, toPEM(withExtensions(ca, list...))) }
	put("no basic constraints")
	put("a CA that may not be one", extension(id(19), true, tlv(0x30)))
	put("a boolean of 1", extension(id(19), true, tlv(0x30, tlv(1, []byte{1}))))
	put("a negative path length", extension(id(19), true, tlv(0x30, tlv(1, []byte{0xff}), tlv(2, []byte{0xff}))))
	put("basic constraints twice", basic, basic)
	put("an unknown extension", basic, extension(asn1.ObjectIdentifier{1, 2, 3}, false, nil))
	put("an unknown critical extension", basic, extension(asn1.ObjectIdentifier{1, 2, 3}, true, nil))
	put("an extension without a value", tlv(0x30, must(asn1.Marshal(id(19)))))
	put("a key usage that is no bit string", extension(id(15), true, tlv(4)))
	put("a key usage with unused bits set", extension(id(15), true, tlv(3, []byte{7, 0xff})))
	put("a critical subject key identifier", extension(id(14), true, tlv(4, []byte{1})))
	put("a critical authority key identifier", extension(id(35), true, tlv(0x30)))
	put("an authority key identifier that is no sequence", extension(id(35), false, tlv(4)))
	put("an empty extended key usage", extension(id(37), false, tlv(0x30)))
	put("an extended key usage that is no OID", extension(id(37), false, tlv(0x30, tlv(4))))
	san := func(tag byte, value string) []byte {
		return extension(id(17), false, tlv(0x30, tlv(tag, []byte(value))))
	}
	put("a DNS name", san(0x82, "example.com"))
	put("a DNS name outside ASCII", san(0x82, "m\xc3\xbcller.de"))
	put("an IP address of 5 octets", san(0x87, "12345"))
	put("a directory name only", extension(id(17), true, tlv(0x30, tlv(0xa4))))
	for _, uri := range []string{
		"spiffe://cluster.local/ns/a", "https://[fe80::1%25en0]:443/a", "https://[1.2.3.4]/", "https://a:b/", "https://a:1:2/",
		"other://a:1:2/", "http://a%20b/", "http://user@host/%zz", "%zz", "urn:a:%zz", "http://a./", ":a", "1:a", "a b",
		"http://a b/", "http://us er@a/", "http://a/#%zz", "*", "///a", "http://a/\x7f",
	} {
		put("the URI "+strings.ReplaceAll(uri, "\x7f", "DEL"), san(0x86, uri))
	}
	constraint := func(tag byte, value string) []byte {
		return extension(id(30), true, tlv(0x30, tlv(0xa0, tlv(0x30, tlv(tag, []byte(value))))))
	}
	put("empty name constraints", extension(id(30), true, tlv(0x30)))
	put("data after the name constraints", extension(id(30), true, append(tlv(0x30, tlv(0xa0, tlv(0x30, tlv(0x82, []byte("a"))))), 0)))
	put("a constraint to a domain", constraint(0x82, ".example.com"))
	put("a constraint to a domain with a final dot", constraint(0x82, "example.com."))
	put("a constraint to a mailbox", constraint(0x81, "\"a b\"@example.com"))
	put("a constraint to half a mailbox", constraint(0x81, "a..b@example.com"))
	put("a constraint to an IP range", constraint(0x87, "\x0a\x00\x00\x00\xff\x00\x00\x00"))
	put("a constraint with holes in the mask", constraint(0x87, "\x0a\x00\x00\x00\xff\x00\xff\x00"))
	put("a constraint of 5 octets", constraint(0x87, "12345"))
	put("a constraint to URIs", constraint(0x86, ".example.com"))
	put("a constraint to URIs of an address", constraint(0x86, "10.0.0.1"))
	put("a constraint to directory names", constraint(0xa4, ""))
	policy := func(oid ...byte) []byte { return tlv(0x30, tlv(6, oid)) }
	put("the same policy twice", extension(id(32), false, tlv(0x30, policy(0x2a, 3), policy(0x2a, 3))))
	put("a policy of a malformed OID", extension(id(32), false, tlv(0x30, policy(0x2a, 0x80, 1))))
	put("policy mappings", extension(id(33), false, tlv(0x30, tlv(0x30, tlv(6, []byte{0x2a}), tlv(6, []byte{0x2b})))))
	put("policy constraints", extension(id(36), true, tlv(0x30, tlv(0x80, []byte{0}))))
	put("policy constraints of 9 octets", extension(id(36), true, tlv(0x30, tlv(0x80, bytes.Repeat([]byte{1}, 9)))))
	put("inhibit any policy", extension(id(54), true, tlv(2, []byte{1})))
	put("a distribution point", extension(id(31), false, tlv(0x30, tlv(0x30, tlv(0xa0, tlv(0xa0, tlv(0x86, []byte("http://a"))))))))
	put("a malformed distribution point", extension(id(31), false, tlv(0x30, tlv(0x30, tlv(0xa0, tlv(0xa1))))))
	access := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}
	put("authority information", extension(access, false, tlv(0x30, tlv(0x30, must(asn1.Marshal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1})), tlv(0x86, []byte("http://a"))))))
	put("critical authority information", extension(access, true, tlv(0x30)))
	add("a real URI", toPEM(selfSigned(withURI("spiffe://cluster.local/ns/a/sa/b"), ecKey(elliptic.P256()))))
}
