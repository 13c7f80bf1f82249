//go:build tools

// Names what is built, so that go.mod and go.sum keep it.
package tools

import (
	_ "github.com/hashicorp/consul"
)
