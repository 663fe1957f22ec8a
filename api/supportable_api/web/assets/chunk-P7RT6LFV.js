import{b as t}from"./chunk-HFM5WQOJ.js";function e(r){return t("policies",["rule",...r.split("/")])}function s(r){return t("policies",["article",r])}export{e as a,s as b};
