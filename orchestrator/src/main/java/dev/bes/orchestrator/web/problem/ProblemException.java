package dev.bes.orchestrator.web.problem;

import org.springframework.http.ProblemDetail;

/** A request that is answered with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    public ProblemException(ProblemDetail problem) {
        super(problem.getDetail());
        this.problem = problem;
    }

    public ProblemException(ProblemKind kind, String detail) {
        this(kind.detail(detail));
    }

    ProblemDetail problem() {
        return problem;
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(ProblemKind.BAD_REQUEST, detail);
    }

    public static ProblemException unknownRun(long id) {
        return new ProblemException(ProblemKind.UNKNOWN_RUN, "There is no run " + id);
    }
}
