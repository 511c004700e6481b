/** Schedules, by Quartz; the only code that talks to Quartz. */
@NamedInterface("schedule")
@NullMarked
package dev.bes.orchestrator.trigger.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
