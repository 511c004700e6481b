/** Figures, times and schedules in words. */
@NamedInterface("format")
@NullMarked
package dev.bes.orchestrator.web.format;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
