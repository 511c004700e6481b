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
 * Waits: after an answer with {@code Retry-After} the same subscription makes no call to the same endpoint before
 * that time is over. A call that was sent before the answer can have arrived is allowed. Each node waits by its own
 * answers, and the remote side cannot tell nodes apart: so within one wait, all but one of {@link
 * CheckerSettings#processes()} nodes may call once. The limits of the gateway over all nodes are left to the gateway:
 * it refuses what is too much, and the refusal counts here.
 *
 * <p>Polls: two GETs of one job without another call about it between them are at least {@link
 * CheckerSettings#pollLeast()} apart. Exceptions: a fault of a node is near, and another node polls at once; or calls
 * fail, and the HTTP client repeats a GET by itself when its connection breaks. After a DELETE one GET reads the
 * result, and another may have been on its way. The same for every class of remote services that has jobs, also where a job is cancelled
 * by another call than a DELETE.
 */
public final class V11WaitsRespected {

    private final Evidence evidence;
    private final Duration tolerance;
    private final Violations violations = new Violations();

    private V11WaitsRespected(Evidence evidence) {
        this.evidence = evidence;
        this.tolerance = evidence.policy().tolerance();
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V11WaitsRespected it = new V11WaitsRespected(evidence);
        List<RemoteCall> calls = RemoteCall.in(evidence.journal());
        Map<String, List<RemoteCall>> byCaller =
                calls.stream().collect(Collectors.groupingBy(RemoteCall::caller, TreeMap::new, Collectors.toList()));
        byCaller.values().forEach(it::waits);
        it.polls(calls);
        return it.violations.list();
    }

    private void waits(List<RemoteCall> calls) {
        Wait wait = new Wait();
        for (RemoteCall call : calls) {
            violations.require(
                    wait.allows(call),
                    "%s (line %d) was sent %s before the end of the wait that line %s asked for",
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
                violations.require(
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

    /** The waits that one caller was asked to keep. */
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
            call.waitUntil().ifPresent(requested -> {
                heard = heard.equals(Instant.MIN) ? call.answered() : heard;
                if (requested.isAfter(until)) {
                    until = requested;
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
