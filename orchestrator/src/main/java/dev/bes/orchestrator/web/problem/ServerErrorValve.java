package dev.bes.orchestrator.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that Tomcat refuses before any filter, in the same format as all other problems. */
public final class ServerErrorValve extends ErrorReportValve {
    private final JsonMapper json;

    public ServerErrorValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < HttpServletResponse.SC_BAD_REQUEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        ProblemDetail problem = status == HttpServletResponse.SC_BAD_REQUEST
                ? ProblemKind.BAD_REQUEST.detail(
                        "The request can't be read as HTTP: check its first line and its Host header")
                : ProblemKind.typed(ProblemDetail.forStatus(status));
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            AnswerHeaders.add(response.getResponse());
            response.getReporter().write(new String(json.writeValueAsBytes(problem), StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("The client closed the connection before the answer", e);
        }
    }
}
