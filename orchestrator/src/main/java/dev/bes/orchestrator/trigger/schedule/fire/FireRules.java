package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.definition.Triggers.CatchUp;
import dev.bes.orchestrator.definition.Triggers.Missed;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides about fire times. Pure: the scheduler and the simulator decide by these rules. */
public final class FireRules {
    /** A run that starts later than this after its due time has missed it. Quartz takes a minute as in time, too. */
    public static final Duration GRACE = Duration.ofSeconds(60);

    private FireRules() {}

    /**
     * Decides which of some fire times start a run, were no run of the schedule unfinished.
     *
     * @param fires fire times in order, all of them due
     * @param now the time of the decision
     * @param pause why the schedule was paused at these times; null if it was not
     */
    public static List<FireDecision> decide(
            Schedule schedule, List<PlannedFire> fires, Instant now, @Nullable String pause) {
        Missed missed = schedule.missed() == null ? Missed.DEFAULT : schedule.missed();
        CatchUp catchUp = pause == null ? missed.start() : missed.paused();
        Outcome not = pause == null ? Outcome.MISSED : Outcome.PAUSED;
        String why = pause == null ? "no node could start it in time" : pause;
        Instant latest = latest(fires);
        List<FireDecision> decisions = new ArrayList<>();
        for (PlannedFire fire : fires) {
            Duration late = Duration.between(fire.due(), now);
            boolean isLate = pause != null || late.compareTo(GRACE) > 0;
            if (fire.closed() != null) {
                decisions.add(new FireDecision(fire.time(), Outcome.CLOSED, fire.closed()));
            } else if (!isLate) {
                decisions.add(new FireDecision(fire.time(), Outcome.STARTING, moved(fire)));
            } else if (missed.maxAge() != null && late.compareTo(missed.maxAge()) > 0) {
                decisions.add(new FireDecision(fire.time(), not, why + "; it was older than 'max-age'"));
            } else if (catchUp == CatchUp.ALL
                    || (catchUp == CatchUp.LATEST && fire.time().equals(latest))) {
                decisions.add(new FireDecision(fire.time(), Outcome.STARTING, "made up for: " + why));
            } else {
                decisions.add(new FireDecision(
                        fire.time(), not, catchUp == CatchUp.SKIP ? why : why + "; a later time was made up for"));
            }
        }
        return decisions;
    }

    // no stream: a simulated year decides about a million times, one by one
    private static Instant latest(List<PlannedFire> fires) {
        for (PlannedFire fire : fires.reversed()) {
            if (fire.closed() == null) {
                return fire.time();
            }
        }
        return Instant.MIN;
    }

    private static @Nullable String moved(PlannedFire fire) {
        return fire.movedFrom() == null ? null : "moved from " + fire.movedFrom() + ", which is no business day";
    }

    /**
     * Decides about one start while an earlier run may be unfinished.
     *
     * @param decision the start
     * @param unfinished an earlier run of the schedule in words; null if there is none
     */
    public static FireDecision overlapped(Schedule schedule, FireDecision decision, @Nullable String unfinished) {
        Overlap overlap = schedule.overlap() == null ? Overlap.ALLOW : schedule.overlap();
        if (unfinished == null || decision.outcome() != Outcome.STARTING) {
            return decision;
        }
        return switch (overlap) {
            case ALLOW -> decision;
            case SKIP -> decision.with(Outcome.OVERLAPPED, unfinished + " was unfinished");
            case QUEUE -> decision.with(Outcome.QUEUED, unfinished + " was unfinished");
            case CANCEL_PREVIOUS -> decision.with(Outcome.STARTING, unfinished + " was cancelled for it");
        };
    }
}
