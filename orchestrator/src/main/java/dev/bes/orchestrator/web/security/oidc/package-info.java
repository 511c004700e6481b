/** Sign-in by an OpenID Connect provider, and bearer tokens of the same provider. */
@NamedInterface("security-oidc")
@NullMarked
package dev.bes.orchestrator.web.security.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
