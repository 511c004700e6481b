/** Fire times of schedules: cron, intervals, rules, business days. Pure: it starts nothing and stores nothing. */
@NamedInterface("time")
@NullMarked
package dev.bes.orchestrator.trigger.schedule.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
