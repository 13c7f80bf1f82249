//go:build tools

// Names what is built of etcd, so that go.mod and go.sum keep it.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
)
