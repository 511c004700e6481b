package dev.bes.orchestrator.web.problem;

import org.springframework.http.ProblemDetail;

/** A request that is answered with a problem. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    public Refusal(ProblemDetail problem) {
        super(problem.getDetail());
        this.problem = problem;
    }

    public Refusal(ProblemKind kind, String detail) {
        this(kind.detail(detail));
    }

    ProblemDetail problem() {
        return problem;
    }

    public static Refusal badRequest(String detail) {
        return new Refusal(ProblemKind.BAD_REQUEST, detail);
    }

    public static Refusal unknownRun(long id) {
        return new Refusal(ProblemKind.UNKNOWN_RUN, "There is no run " + id);
    }
}
