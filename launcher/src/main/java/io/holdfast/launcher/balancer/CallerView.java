package io.holdfast.launcher.balancer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What one process sees of the services that it calls.
///
/// @param trouble why there is nothing to see; empty where there is
/// @param services by name, as the Actuator endpoint `loadbalancer` has them
public record CallerView(String caller, String trouble, JsonNode services) {
    static CallerView silent(String caller, String trouble) {
        return new CallerView(caller, trouble, JsonNodeFactory.instance.objectNode());
    }
}
