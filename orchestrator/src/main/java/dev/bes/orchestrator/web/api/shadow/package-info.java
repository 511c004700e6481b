/** What shadows have found, for programs. */
@NamedInterface("api-shadow")
@NullMarked
package dev.bes.orchestrator.web.api.shadow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
