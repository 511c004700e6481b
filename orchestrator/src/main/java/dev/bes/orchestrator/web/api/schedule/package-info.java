/** The REST API of fire times: what became of those of the past, and what those of the future will do. */
@NamedInterface("api-schedule")
@NullMarked
package dev.bes.orchestrator.web.api.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
