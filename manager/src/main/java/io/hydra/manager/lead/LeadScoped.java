package io.hydra.manager.lead;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is known only while this manager leads: such a bean is made anew for each lead, so that
 * nothing of an earlier one is left in it. Whoever has it injected meets that of the present lead.
 */
@Stereotype
@ApplicationScoped
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LeadScoped {}
