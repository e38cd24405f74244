#!/bin/sh
# Sertifikat untuk jaringan tertutup: otoritas (CA) kantor sendiri, dan sertifikat server yang ditandatanganinya.
#   sh sertifikat.sh NAMA_SERVER FOLDER
# CA dibuat sekali dan dipakai lagi, dan hanya sah untuk nama itu; sertifikat server dibuat baru tiap kali dijalankan.
set -eu
name=$1
folder=$2
umask 077
mkdir -p "$folder"
cd "$folder"
case "$name" in
    *[!0-9.]*) alternative="DNS:$name" permitted="DNS:$name" ;;
    *) alternative="IP:$name" permitted="IP:$name/255.255.255.255" ;;
esac

if [ ! -f ca.key ]; then
    openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -subj "/O=Pendopo/CN=CA Pendopo $name" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -addext "nameConstraints=critical,permitted;$permitted" \
        -keyout ca.key -out ca.crt 2>/dev/null
    echo "CA baru: $folder/ca.crt (dipasang di tiap PC) dan ca.key (rahasia, simpan di luar server)"
fi

openssl req -new -newkey rsa:3072 -nodes -sha256 -subj "/CN=$name" -keyout server.key -out server.csr 2>/dev/null
printf '%s\n' "subjectAltName=$alternative" "basicConstraints=critical,CA:FALSE" \
    "keyUsage=critical,digitalSignature,keyEncipherment" "extendedKeyUsage=serverAuth" >server.ext
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 397 \
    -extfile server.ext -out server.crt 2>/dev/null
rm -f server.csr server.ext
openssl verify -CAfile ca.crt server.crt
echo "Sertifikat server: $folder/server.crt dan server.key, berlaku sampai $(openssl x509 -in server.crt -noout -enddate | cut -d= -f2)"
