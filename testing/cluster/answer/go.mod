module io.hydra/testing/cluster/answer

go 1.26
