/** Sessions of browsers, kept in the database, and what their forms are protected by. */
@NamedInterface("security-session")
@NullMarked
package dev.bes.orchestrator.web.security.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
