module io.hydra/testing/cluster/pause

go 1.26
