package dev.bes.orchestrator.web.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** Adds a way to sign in with a browser to the chain of requests without {@code Authorization}. */
public interface PeopleChain {

    /** Adds it. What identifies a user hands a {@link dev.bes.orchestrator.web.security.session.SignedIn} to the sessions. */
    void add(HttpSecurity http);

    /** What the link of the sign-in page says, such as {@code Sign in with Example}. */
    String label();

    /** Where the link leads: a path below the context path. */
    String path();
}
