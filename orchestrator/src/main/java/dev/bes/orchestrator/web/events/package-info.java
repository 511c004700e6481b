/** Follows the journal for streams of events and for requests that wait for the end of their run. */
@NamedInterface("events")
@NullMarked
package dev.bes.orchestrator.web.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
