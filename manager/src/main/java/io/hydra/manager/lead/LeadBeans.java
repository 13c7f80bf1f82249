package io.hydra.manager.lead;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;

/** The beans that are {@link LeadScoped}. */
@ApplicationScoped
class LeadBeans {
  private final BeanManager manager;

  LeadBeans(BeanManager manager) {
    this.manager = manager;
  }

  /** Lets go of all of them. Each is made anew when somebody calls it. */
  void renew() {
    var context = (AlterableContext) manager.getContext(ApplicationScoped.class);
    all().forEach(context::destroy);
  }

  private List<Bean<?>> all() {
    return manager.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .filter(bean -> bean.getStereotypes().contains(LeadScoped.class))
        .toList();
  }
}
