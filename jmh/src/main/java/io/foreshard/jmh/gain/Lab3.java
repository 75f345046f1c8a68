package io.foreshard.jmh.gain;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.transport.*;
import java.time.Duration;
import java.util.*;
public final class Lab3 {
    public static void main(String[] a){
        double c=2.5e6; int secs=Integer.getInteger("secs",180); String fc=System.getProperty("fc","none");
        String[][] cases={{"40","square","0","5","0.6",".8"},{"40","square","0","5","0.3",".85"},{"100","square","0","10","1",".8"},{"40","square","0.1","4","1.5",".8"},{"100","square","0.1","4","1.5",".8"},{"100","square","0.2","4","2",".8"},{"40","square","0.3","3","1",".85"},{"100","square","0.3","3","1",".85"},{"100","square","0.4","4","2",".85"},{"40","sine","0.1","4","",".8"},{"100","sine","0.1","4","",".8"},{"100","sine","0.1","8","",".8"}};
        int only=Integer.getInteger("only",-1); for(int ci=0;ci<cases.length;ci++){ if(only>=0&&ci!=only) continue; String[] k=cases[ci];
            CapacityTrace tr=k[1].equals("square")?Lab.square(c,Double.parseDouble(k[2]),Double.parseDouble(k[3]),Double.parseDouble(k[4])):Lab.sine(c,Double.parseDouble(k[2]),Double.parseDouble(k[3]),40);
            double mean=0; for(int i=0;i<1000;i++) mean+=tr.bytesPerSecondAt((long)(i*Double.parseDouble(k[3])*1e6))/1000;
            int rtt=Integer.parseInt(k[0]);
            StringBuilder sb=new StringBuilder();
            for(int seed=1;seed<=Integer.getInteger("seeds",2);seed++){
            var load=new GainRun.Load(tr,Duration.ofMillis(rtt),(long)(c*rtt/1e3),20000,mean*Double.parseDouble(k[5])/20000,Duration.ofSeconds(secs));
            var b=TransportConfig.builder(); if(!fc.equals("none")) b.forecaster(fc,Map.of("non-negative","true"));
            double[] m=GainRun.completionMillis(load,b.build(),seed); m=Arrays.copyOfRange(m,m.length/3,m.length);
            double[] id=Lab.ideal(load,seed); id=Arrays.copyOfRange(id,id.length/3,id.length);
            sb.append(String.format(" | %.0f %.0f %.0f (%.0f %.0f)",Lab.p(m,.5),Lab.p(m,.9),Lab.p(m,.99),Lab.p(id,.5),Lab.p(id,.99)));
            }
            System.out.println(String.join(" ",k)+sb);
        }
    }
}
