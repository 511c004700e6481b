/** What schedules will do, by the rules of the scheduler. Pure: it starts nothing and stores nothing. */
@NamedInterface("simulation")
@NullMarked
package dev.bes.orchestrator.trigger.schedule.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
