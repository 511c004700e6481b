package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An endpoint that answers as it is told, call after call, and remembers what it was asked. */
public final class ScriptedJobs implements TwoStepJobs, Endpoints {
    public final List<String> calls = new ArrayList<>();

    @Nullable
    public JobRequest request;

    /** What scores the rows of its endpoints, if they have no jobs. */
    @Nullable
    public RowService rows;

    private final Deque<Object> answers = new ArrayDeque<>();

    /** The next call is good; for a submit this is the id. */
    public ScriptedJobs answers(String text) {
        answers.add(text);
        return this;
    }

    /** The next call finds a job in that state. */
    public ScriptedJobs answers(JobStatus.State state, String word) {
        answers.add(new JobStatus(state, word, state == JobStatus.State.FAILED ? "the column is missing" : null));
        return this;
    }

    /** The next call finds a job that has failed, with these details. */
    ScriptedJobs failed(String details) {
        answers.add(new JobStatus(JobStatus.State.FAILED, "Failed", details));
        return this;
    }

    /** The next call goes wrong. */
    public ScriptedJobs answers(RemoteException trouble) {
        answers.add(trouble);
        return this;
    }

    private Object answer(String call) {
        calls.add(call);
        Object answer = answers.pollFirst();
        if (answer == null) {
            throw new AssertionError("Nobody said what to answer to " + calls);
        }
        if (answer instanceof RemoteException trouble) {
            throw trouble;
        }
        return answer;
    }

    @Override
    public String submit(JobRequest asked) {
        request = asked;
        return (String) answer("submit");
    }

    @Override
    public void start(String jobId) {
        answer("start " + jobId);
    }

    @Override
    public void probe() {
        answer("probe");
    }

    @Override
    public JobStatus status(String jobId) {
        return (JobStatus) answer("status " + jobId);
    }

    @Override
    public void cancel(String jobId) {
        answer("cancel " + jobId);
    }

    @Override
    public Set<String> names() {
        return Set.of("hashing");
    }

    @Override
    public TwoStepJobs jobs(String endpoint) {
        return this;
    }

    @Override
    public @Nullable RowService rows(String endpoint) {
        return rows;
    }

    @Override
    public int maxConcurrentJobs(String endpoint) {
        return 40;
    }
}
