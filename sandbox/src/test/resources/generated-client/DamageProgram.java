import client.ApiClient;
import client.api.DefaultApi;
import client.model.ExecutionInputs;
import client.model.ExecutionOutputs;
import client.model.ExecutionRequest;
import client.model.Input1Item;
import client.model.Output1Item;
import client.model.Output2Item;
import java.util.List;
import java.util.Map;

public final class DamageProgram {

    public static List<String> run(Map<String, String> settings) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(settings.get("address"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + settings.get("key")));
        Input1Item strike = new Input1Item().speedIASInKnots(300).large(1).damage("Yes");
        ExecutionOutputs outputs = new DefaultApi(client)
                .execute(new ExecutionRequest().inputs(new ExecutionInputs().addInput1Item(strike)))
                .getResults();
        Output1Item scored = outputs.getOutput1().getFirst();
        Output2Item evaluation = outputs.getOutput2().getFirst();
        Double probability = scored.getScoredProbabilities();
        Long positives = evaluation.getTruePositive();
        return List.of(
                "scored: " + scored.getScoredLabels() + " " + probability,
                "evaluated: " + positives + " " + evaluation.getFalsePositive() + " " + evaluation.getAccuracy() + " "
                        + evaluation.getFalseNegative());
    }
}
