package io.holdfast.gateway;

/// Netty's and Reactor Netty's own settings, which they read from system properties when their classes
/// load. What is given on the command line stays.
final class NettyDefaults {
    private NettyDefaults() {}

    static void apply() {
        String loops = Integer.toString(Runtime.getRuntime().availableProcessors());
        // One loop per processor: the default of at least four only adds switches between them.
        setDefault("reactor.netty.ioWorkerCount", loops);
        // One arena of 4 MiB chunks per loop: tens of connections share what a small heap can spare.
        setDefault("io.netty.allocator.type", "pooled");
        setDefault("io.netty.allocator.numDirectArenas", loops);
        setDefault("io.netty.allocator.numHeapArenas", loops);
        setDefault("io.netty.allocator.maxOrder", "9");
        setDefault("io.netty.leakDetection.level", "disabled");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
