/** What becomes of each fire time: rules, records, and the start of runs. */
@NamedInterface("fire")
@NullMarked
package dev.bes.orchestrator.trigger.schedule.fire;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
