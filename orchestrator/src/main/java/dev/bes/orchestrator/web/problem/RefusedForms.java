package dev.bes.orchestrator.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Forms that are shown again with what is wrong with them. They get the status of the problem that a program would get, and count as it does. */
@Component
public final class RefusedForms {
    private final ErrorHandler errors;
    private final RefusalCounter refusals;

    RefusedForms(ErrorHandler errors, RefusalCounter refusals) {
        this.errors = errors;
        this.refusals = refusals;
    }

    /** Marks the answer as refused, and returns what to show beside the form. */
    public String refuse(Exception why, HttpServletRequest request, HttpServletResponse response) {
        ProblemDetail problem = errors.problem(why, request);
        refusals.count(problem);
        ProblemAnswer.complete(problem, request);
        response.setStatus(problem.getStatus());
        return Objects.requireNonNullElse(problem.getDetail(), String.valueOf(problem.getTitle()));
    }
}
