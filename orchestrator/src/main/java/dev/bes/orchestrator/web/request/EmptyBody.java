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
 * Checks the body of a call that says everything by its address: there is none, or an empty JSON object. It is read as a stream, since
 * nobody has bounded it yet.
 */
@Component
public final class EmptyBody {
    private final JsonMapper json;

    EmptyBody(JsonMapper json) {
        this.json = json;
    }

    private record Nothing() {}

    /**
     * Lets no body pass that says more than the address.
     *
     * @throws ProblemException if it does
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
            throw ProblemException.badRequest("The body can't be read to its end. Nothing was done");
        }
    }
}
