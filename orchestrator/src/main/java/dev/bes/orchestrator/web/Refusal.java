package dev.bes.orchestrator.web;

import org.springframework.http.ProblemDetail;

/** A request that is answered with a problem. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    Refusal(ProblemDetail problem) {
        super(problem.getDetail());
        this.problem = problem;
    }

    Refusal(ProblemKind kind, String detail) {
        this(kind.detail(detail));
    }

    ProblemDetail problem() {
        return problem;
    }

    static Refusal badRequest(String detail) {
        return new Refusal(ProblemKind.BAD_REQUEST, detail);
    }

    static Refusal unknownRun(long id) {
        return new Refusal(ProblemKind.UNKNOWN_RUN, "There is no run " + id);
    }
}
