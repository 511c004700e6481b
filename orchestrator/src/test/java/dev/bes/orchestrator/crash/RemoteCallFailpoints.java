package dev.bes.orchestrator.crash;

import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Step;
import java.nio.file.Path;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** The moments of a node's calls to the far side. */
final class RemoteCallFailpoints {
    private final CallFailpoints callFailpoints;

    RemoteCallFailpoints(CallFailpoints callFailpoints) {
        this.callFailpoints = callFailpoints;
    }

    @Nullable
    Object endpoints(MethodInvocation call) throws Throwable {
        Object result = call.proceed();
        if (result instanceof RowService rows) {
            return FailpointInstaller.wrap(rows, false, this::rows);
        }
        return result instanceof RemoteJobs jobs ? FailpointInstaller.wrap(jobs, false, this::jobs) : result;
    }

    private @Nullable Object rows(MethodInvocation call) throws Throwable {
        Object result = call.proceed();
        return result instanceof RowService.RowScorer scorer
                ? FailpointInstaller.wrap(scorer, false, this::batches)
                : result;
    }

    private @Nullable Object batches(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("score")
                ? callFailpoints.call("track", "the batch", call)
                : call.proceed();
    }

    private @Nullable Object jobs(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "submit" -> callFailpoints.call("launch", "the submit", call);
            case "start" -> callFailpoints.call("launch", "the start", call);
            case "create" -> callFailpoints.call("launch", "the create", call);
            case "invoke" -> callFailpoints.call("launch", "the invoke", call);
            case "search" -> callFailpoints.call("launch", "the search", call);
            case "status" -> callFailpoints.call("track", "the poll", call);
            case "cancel" -> callFailpoints.call("cancel", "the delete", call);
            default -> call.proceed();
        };
    }

    /** From the first byte of a file that is read until all of it can be seen in the store. */
    @Nullable
    Object staging(MethodInvocation call) throws Throwable {
        return call.getArguments()[0] instanceof Claim claim
                        && claim.scoringState().step() == Step.PLANNED
                ? callFailpoints.call("launch", "the upload", sent(claim), call)
                : call.proceed();
    }

    @Nullable
    Object blobs(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "fetch" -> callFailpoints.call("collect", "the download", call);
            case "put" -> put(call);
            default -> call.proceed();
        };
    }

    /** The answer to a batch is kept. */
    private @Nullable Object put(MethodInvocation call) throws Throwable {
        return String.valueOf(call.getArguments()[0]).contains("/answers/")
                ? callFailpoints.call("track", "the answer is kept", call)
                : call.proceed();
    }

    /** A scored blob is put away. */
    @Nullable
    Object stores(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "copy" -> callFailpoints.call("blobs", "the copy", call);
            case "delete" -> callFailpoints.call("blobs", "the deletion", call);
            default -> call.proceed();
        };
    }

    /** The call that tells another program of the end of a run. */
    @Nullable
    Object callbacks(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("post")
                ? callFailpoints.call("callback", "the call", call)
                : call.proceed();
    }

    /** The name of the first file that goes out. */
    private static String sent(Claim claim) {
        InputSource first = claim.inputs().values().iterator().next();
        return first instanceof InputFile file
                ? String.valueOf(Path.of(file.path()).getFileName())
                : first.name();
    }
}
