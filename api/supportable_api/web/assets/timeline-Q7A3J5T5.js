import{g as i}from"./chunk-RLH3V6A7.js";function e(){return i("p",{class:"soft",children:"This view is being built."})}export{e as Timeline};
