package io.holdfast.balancing.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/// Matches where `holdfast.load-balancing.services` names the service; without a value, where it
/// names any.
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(UpstreamCondition.class)
public @interface ConditionalOnUpstream {
    String value() default "";
}
