/** Who calls, and what he may do. */
@NamedInterface("security")
@NullMarked
package dev.bes.orchestrator.web.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
