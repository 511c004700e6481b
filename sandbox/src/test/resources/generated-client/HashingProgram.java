import static org.awaitility.Awaitility.await;

import client.ApiClient;
import client.ApiException;
import client.api.DefaultApi;
import client.model.AzureBlobDataReference;
import client.model.BatchExecutionRequest;
import client.model.BatchExecutionStatus;
import client.model.BatchInputs;
import client.model.BatchOutputs;
import client.model.ExecutionInputs;
import client.model.ExecutionRequest;
import client.model.GlobalParameters;
import client.model.Input1Item;
import client.model.Output1Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public final class HashingProgram {

    public static List<String> run(Map<String, String> settings) throws Exception {
        List<String> said = new ArrayList<>();
        ApiClient client = new ApiClient();
        client.updateBaseUri(settings.get("address"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + settings.get("key")));
        DefaultApi api = new DefaultApi(client);

        Output1Item row = execute(api, new GlobalParameters());
        said.add("executed: " + row.getCol2HashingFeature0() + " " + row.getCol2HashingFeature1() + " "
                + row.getCol2HashingFeature2() + " " + row.getCol2HashingFeature3() + " "
                + row.getCol2HashingFeature4() + " " + row.getCol2HashingFeature5() + " "
                + row.getCol2HashingFeature6() + " " + row.getCol2HashingFeature7());
        Output1Item small = execute(api, new GlobalParameters().hashingBitsize(1));
        Integer first = small.getCol2HashingFeature0();
        said.add("executed with 1 bit: " + first + " " + small.getCol2HashingFeature1());

        String id = api.submitjob(new BatchExecutionRequest()
                .inputs(new BatchInputs().input1(blob(settings, "input")))
                .outputs(new BatchOutputs().output1(blob(settings, "output"))));
        BatchExecutionStatus status = api.getjobstatus(id);
        said.add("submitted: " + status.getStatusCode() + " " + status.getResults() + " " + status.getDetails());
        api.startjob(id);
        BatchExecutionStatus ended = await().until(() -> api.getjobstatus(id), it -> it.getResults() != null);
        said.add("started: " + ended.getStatusCode() + " "
                + ended.getResults().get("output1").getRelativeLocation());
        try {
            api.startjob(id);
        } catch (ApiException e) {
            said.add("refused: " + e.getCode() + " " + e.getResponseBody().replaceAll("(?s).*\"code\":\"(\\w+)\".*", "$1"));
        }
        api.canceljob(id);
        said.add("deleted");
        return said;
    }

    private static Output1Item execute(DefaultApi api, GlobalParameters parameters) throws ApiException {
        ExecutionRequest request = new ExecutionRequest()
                .inputs(new ExecutionInputs().addInput1Item(new Input1Item().col2("This is a good day")))
                .globalParameters(parameters);
        return api.execute(request).getResults().getOutput1().getFirst();
    }

    private static AzureBlobDataReference blob(Map<String, String> settings, String which) {
        return new AzureBlobDataReference()
                .connectionString(settings.get("store"))
                .relativeLocation(settings.get(which));
    }
}
