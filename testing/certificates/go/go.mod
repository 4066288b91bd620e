module planeboard/certificate-corpus

go 1.26
