/** The REST API. */
@NamedInterface("api")
@NullMarked
package dev.bes.orchestrator.web.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
