package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteCall;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits: when an answer says Retry-After, no call is made before that time is over, by the same subscription to the same
 * endpoint. A call that was sent before the answer can have arrived is excused. Each node waits by what it was told
 * itself, and the remote side can't tell nodes apart: so of {@link CheckerSettings#processes()} nodes all but one may be surprised
 * once each, within one wait. That the gateway's limits hold over all nodes is left to the gateway: what is too much is
 * refused, and then counts here.
 *
 * <p>Polls: two GETs of one job, without any other call about it between them, are not closer together than
 * {@link CheckerSettings#pollLeast()}, unless a node's fault lies near: another node then looks at once; or calls are disturbed: the
 * HTTP client repeats a GET by itself when its connection breaks. After a DELETE one GET asks what came of it, and another
 * one may have been on its way when the job was cancelled.
 */
public final class V11WaitsRespected {

    private final Evidence evidence;
    private final Duration tolerance;
    private final Violations found = new Violations();

    private V11WaitsRespected(Evidence evidence) {
        this.evidence = evidence;
        this.tolerance = evidence.policy().tolerance();
    }

    public static List<String> violations(Evidence evidence) {
        V11WaitsRespected it = new V11WaitsRespected(evidence);
        List<RemoteCall> calls = RemoteCall.in(evidence.journal());
        Map<String, List<RemoteCall>> byCaller =
                calls.stream().collect(Collectors.groupingBy(RemoteCall::caller, TreeMap::new, Collectors.toList()));
        byCaller.values().forEach(it::waits);
        it.polls(calls);
        return it.found.list();
    }

    private void waits(List<RemoteCall> calls) {
        Wait wait = new Wait();
        for (RemoteCall call : calls) {
            found.unless(
                    wait.allows(call),
                    "%s (line %d) was sent %s before the wait was over that line %s asked for",
                    call,
                    call.line(),
                    wait.left(call),
                    wait.askedBy);
            wait.hear(call);
        }
    }

    private void polls(List<RemoteCall> calls) {
        List<FaultWindow> faults = FaultWindow.in(evidence.driver()).stream()
                .filter(fault -> fault.begun().fault().name().startsWith("NODE_")
                        || fault.begun().fault() == FaultKind.CALLS_FAILING)
                .toList();
        List<String> jobs =
                RemoteJob.in(evidence.journal()).stream().map(RemoteJob::id).toList();
        Map<String, List<RemoteCall>> byJob = calls.stream()
                .filter(call -> call.job() != null)
                .collect(Collectors.groupingBy(call -> String.valueOf(call.job())));
        for (String job : jobs) {
            polls(job, byJob.getOrDefault(job, List.of()), faults);
        }
    }

    private void polls(String job, List<RemoteCall> calls, List<FaultWindow> faults) {
        RemoteCall before = null;
        boolean excused = false;
        for (RemoteCall call : calls) {
            if (before != null && before.isPoll() && call.isPoll()) {
                found.unless(
                        excused || isFarEnough(before, call) || FaultWindow.explains(faults, call.began(), tolerance),
                        "Job %s was polled twice within the interval (lines %s and %d)",
                        job,
                        before.line(),
                        call.line());
                excused = false;
            }
            excused |= call.isCancel();
            before = call;
        }
    }

    private boolean isFarEnough(RemoteCall before, RemoteCall call) {
        Duration least = evidence.policy().pollLeast().minus(tolerance);
        return !call.began().isBefore(before.began().plus(least));
    }

    /** What one caller was told to wait for. */
    private final class Wait {

        private Instant until = Instant.MIN;
        private Instant heard = Instant.MIN;
        private @Nullable Long askedBy;
        private int surprised;

        boolean allows(RemoteCall call) {
            if (!call.began().plus(tolerance).isBefore(until)) {
                surprised = 0;
                heard = Instant.MIN;
                return true;
            }
            if (!call.began().isAfter(heard.plus(tolerance))) {
                return true;
            }
            surprised++;
            heard = call.answered();
            return surprised < evidence.policy().processes();
        }

        void hear(RemoteCall call) {
            call.waitUntil().ifPresent(told -> {
                heard = heard.equals(Instant.MIN) ? call.answered() : heard;
                if (told.isAfter(until)) {
                    until = told;
                    askedBy = call.line();
                }
            });
        }

        Duration left(RemoteCall call) {
            return call.began().isBefore(until) && !until.equals(Instant.MIN)
                    ? Duration.between(call.began(), until)
                    : Duration.ZERO;
        }
    }
}
