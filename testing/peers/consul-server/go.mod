module io.hydra/testing/peers/consul-server

go 1.23.8

require github.com/hashicorp/consul v1.20.6

exclude github.com/hashicorp/go-msgpack v1.1.5

exclude github.com/hashicorp/go-msgpack v1.1.6
