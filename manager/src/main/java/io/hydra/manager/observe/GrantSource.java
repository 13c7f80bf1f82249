package io.hydra.manager.observe;

import io.hydra.model.InstanceId;
import io.hydra.wire.Grant;
import java.util.Optional;

/** Knows what each instance is allowed at present. */
public interface GrantSource {
  Optional<Grant> granted(InstanceId id);
}
