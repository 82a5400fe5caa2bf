package io.ampacity.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a stretch of this process costs: wall time, processor time of all threads, bytes allocated by this one. */
final class ProcessMeter {

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long wall = System.nanoTime();
    private final long processor = system.getProcessCpuTime();
    private final long thread = threads.getCurrentThreadCpuTime();
    private final long allocated = threads.getCurrentThreadAllocatedBytes();

    double wallSeconds() {
        return (System.nanoTime() - wall) / 1e9;
    }

    /** Processor time of the whole process: compilers and collector with it. */
    double processorSeconds() {
        return (system.getProcessCpuTime() - processor) / 1e9;
    }

    /** Processor time of the calling thread alone. */
    double threadSeconds() {
        return (threads.getCurrentThreadCpuTime() - thread) / 1e9;
    }

    long allocatedBytes() {
        return threads.getCurrentThreadAllocatedBytes() - allocated;
    }

    /** Most memory the process ever had in RAM; NaN where the system does not tell. */
    static double peakResidentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
                }
            }
        }
        return Double.NaN;
    }
}
