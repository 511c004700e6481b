package dev.bes.orchestrator.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers requests that the servlet container refuses, in the same format as all other problems. */
@Controller
final class ServerErrorController implements ErrorController {
    private final ProblemAnswer answer;

    ServerErrorController(ProblemAnswer answer) {
        this.answer = answer;
    }

    @RequestMapping("${server.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object address = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        HttpServletRequest refused = new HttpServletRequestWrapper(request) {
            @Override
            public String getRequestURI() {
                return address instanceof String text ? text : super.getRequestURI();
            }
        };
        ProblemDetail problem = problem(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), refused);
        answer.any(ProblemKind.typed(problem), refused, response);
    }

    private static ProblemDetail problem(@Nullable Object status, HttpServletRequest request) {
        if (!(status instanceof Integer code)) {
            return UnknownAddress.problem(request);
        }
        HttpStatus known = HttpStatus.resolve(code);
        if (known == null) {
            return ProblemDetail.forStatus(code);
        }
        return switch (known) {
            case NOT_FOUND -> UnknownAddress.problem(request);
            case BAD_REQUEST -> ProblemKind.BAD_REQUEST.detail("The request can't be read: it is not valid HTTP");
            case REQUESTED_RANGE_NOT_SATISFIABLE ->
                ProblemKind.UNSATISFIABLE_RANGE.detail("The range lies outside of the file");
            default -> ProblemDetail.forStatus(known);
        };
    }
}
