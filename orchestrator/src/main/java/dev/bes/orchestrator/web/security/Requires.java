package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that a handler asks of its caller, on any definition. A handler of something that belongs to a definition also asks
 * {@link Authorization}. A handler without this annotation answers nobody.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    /** The role. */
    Role value();

    /** Whether the role must hold everywhere, not only on some definitions. */
    boolean everywhere() default false;
}
