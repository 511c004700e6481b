package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.JsonMistake;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that a call has no body or an empty JSON object. Reads a stream, since the size of the body has not been
 * checked yet.
 */
@Component
public final class EmptyBody {
    private final JsonMapper json;

    EmptyBody(JsonMapper json) {
        this.json = json;
    }

    private record Nothing() {}

    /**
     * Requires no body or an empty object.
     *
     * @throws ProblemException if there is anything else
     */
    public void require(@Nullable InputStreamResource body) {
        if (body == null) {
            return;
        }
        try (InputStream in = body.getInputStream()) {
            json.readValue(in, Nothing.class);
        } catch (JacksonException e) {
            throw new ProblemException(JsonMistake.problem(e));
        } catch (IOException e) {
            throw ProblemException.badRequest("The body is incomplete. Nothing was done");
        }
    }
}
