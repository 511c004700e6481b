import client.ApiClient;
import client.api.DefinitionsApi;
import client.api.RunsApi;
import client.model.AcceptedRunJson;
import client.model.DefinitionJson;
import client.model.NewRunJson;
import client.model.RunDetailJson;
import client.model.ScoringJson;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The main job by a generated client: find the definition, request a run, wait, fetch the output; and the same with a file that is sent along. */
public final class MainJob {
    public static List<String> run(String address, File file) throws Exception {
        List<String> said = new ArrayList<>();
        ApiClient client = new ApiClient();
        client.updateBaseUri(address);
        RunsApi runs = new RunsApi(client);
        DefinitionJson definition = new DefinitionsApi(client).getDefinitionsName("greetings", null);
        said.add("definition: " + definition.getName() + " " + definition.getInputs().keySet());
        AcceptedRunJson accepted = runs.postRuns(new NewRunJson().definition(definition.getName()),
                "key-of-the-generated-client", "wait=60");
        said.add("accepted: " + accepted.getDefinition() + " " + accepted.getState());
        RunDetailJson run = runs.getRunsId(accepted.getId(), null);
        ScoringJson scoring = run.getScorings().get(0);
        said.add("ended: " + run.getState() + " " + scoring.getOutputs().keySet());
        File output = runs.getRunsIdScoringsPositionOutputsName(accepted.getId(), 1, "output1", null);
        said.add("rows: " + Files.readAllLines(output.toPath()).size());

        form.ApiClient forms = new form.ApiClient();
        forms.updateBaseUri(address);
        form.model.AcceptedRunJson sent = new form.api.RunsApi(forms).postRuns("letters",
                "key-of-the-file", "wait=60", "{\"column\": \"text\"}", file);
        said.add("sent: " + sent.getDefinition() + " " + sent.getState());
        output = runs.getRunsIdScoringsPositionOutputsName(sent.getId(), 1, "output1", null);
        said.add("rows: " + Files.readAllLines(output.toPath()).size());
        return said;
    }
}
