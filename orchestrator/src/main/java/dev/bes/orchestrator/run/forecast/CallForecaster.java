package dev.bes.orchestrator.run.forecast;

import dev.bes.orchestrator.definition.Definition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates how long the call limits will delay a run when it is accepted. Makes no call, so that it delays nothing. */
@FunctionalInterface
public interface CallForecaster {

    /**
     * What a run of that definition has ahead of it, if it comes after all others.
     *
     * @param scorings how many it has
     * @return nothing if no limits hold it up, or that is not known yet
     */
    @Nullable
    Ahead ahead(Definition definition, int scorings);

    /**
     * What a run has ahead of it.
     *
     * @param calls how many calls it needs, roughly
     * @param time in how much time there will have been so many; nothing if the limits do not hold it up
     * @param limits the limits, in words
     */
    record Ahead(long calls, Duration time, List<String> limits) {}
}
