package io.hydra.appman.config;

import io.hydra.tls.TlsFiles;
import io.smallrye.config.ConfigMapping;

/** Whom this AppMan trusts to be the manager, and who it is to a manager that asks. */
@ConfigMapping(prefix = "hydra.tls")
public interface TlsConfig extends TlsFiles {}
