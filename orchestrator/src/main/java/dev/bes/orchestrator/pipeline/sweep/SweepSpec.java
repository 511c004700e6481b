package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * What one kind of sweep is.
 *
 * @param sweep which rows it moves
 * @param loops how many sets of an endpoint are worked on at a time
 * @param places how many remote jobs an endpoint works on at a time, where that bounds what may be claimed
 * @param affordable how many scorings of an endpoint there are calls for now
 * @param gathers whether it lets a little come together before it looks again: each set costs the same, however small
 * @param work moves a claimed set
 */
record SweepSpec(
        Sweep sweep,
        int loops,
        ToIntFunction<String> places,
        ToIntFunction<String> affordable,
        boolean gathers,
        Consumer<List<Claim>> work) {}
