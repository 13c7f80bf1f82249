// The application of the cluster's own test. It is a static program, so that it makes an image without anything else:
//
//	answer                   answers HTTP requests on port 8080 with the name of its pod, which must have given it a token,
//	                         those with ?host=NAME with that host's addresses
//	answer mount DIRECTORY   mounts a tmpfs there, before that
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"syscall"
)

const token = "/var/run/secrets/kubernetes.io/serviceaccount/token"

func main() {
	if len(os.Args) == 3 && os.Args[1] == "mount" {
		mount(os.Args[2])
	}
	if _, err := os.ReadFile(token); err != nil {
		log.Fatal(err)
	}
	pod, err := os.Hostname()
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		host := request.URL.Query().Get("host")
		if host == "" {
			fmt.Fprintln(response, pod)
			return
		}
		addresses, err := net.LookupHost(host)
		fmt.Fprintln(response, addresses, err)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func mount(directory string) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		log.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", directory, "tmpfs", 0, "size=1m"); err != nil {
		log.Fatal(err)
	}
}
