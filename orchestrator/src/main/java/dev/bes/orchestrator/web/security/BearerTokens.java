package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import java.util.Optional;

/** A kind of token by which programs sign in, in the header {@code Authorization: Bearer}. */
public interface BearerTokens {

    /** Whether the token looks like one of this kind. Of several kinds exactly one may say so. */
    boolean isKind(String token);

    /** The caller that the token stands for; empty if it is not valid. */
    Optional<Access> access(String token);
}
