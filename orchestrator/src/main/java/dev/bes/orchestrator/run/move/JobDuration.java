package dev.bes.orchestrator.run.move;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a remote job took, as far as polls could tell.
 *
 * @param running from its start until a poll first saw it running; null if no poll did
 * @param total from its start until a poll saw it finished
 */
public record JobDuration(@Nullable Duration running, Duration total) {}
